const seen = context.get('seen') || [];
return msg;
