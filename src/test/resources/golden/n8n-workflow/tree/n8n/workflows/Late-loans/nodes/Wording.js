for (const item of $input.all()) {
  item.json.text = `Please bring back ${item.json.title}`;
}
return $input.all();
