// Marks the selected repair as ready and shows the board without it.
const repair = components.repairsTable.selectedRow;
if (!repair?.id) {
  await actions.showAlert('warning', 'Choose a repair first.');
  return;
}

await queries.finishRepair.run();
await queries.listOpenRepairs.run();
await actions.showAlert('success', `${repair.bike} is ready to be picked up.`);
