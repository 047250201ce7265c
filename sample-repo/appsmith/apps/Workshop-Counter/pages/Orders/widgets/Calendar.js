appsmith.onReady(() => {
  document.getElementById('root').textContent = appsmith.model.due;
});
