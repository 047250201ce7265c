context.set('seen', []);
