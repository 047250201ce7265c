// How many open repairs each mechanic has, and how many of all are late.
// Runs after every refresh of the board; the canvas turns amber while something is late.
const repairs = queries.listOpenRepairs.data ?? [];
const today = moment().format('YYYY-MM-DD');

const perMechanic = {};
for (const repair of repairs) {
  const mechanic = repair.mechanic ?? 'nobody yet';
  perMechanic[mechanic] = (perMechanic[mechanic] ?? 0) + 1;
}

return {
  perMechanic,
  late: repairs.filter(repair => repair.due_on < today).length,
};
