// One line per month and mechanic, with semicolons: that is what the bookkeeper's spreadsheet expects.
const rows = queries.revenueByMonth.data ?? [];
const lines = rows.map(row => [row.month, row.mechanic, row.repairs, row.revenue].join(';'));

await actions.generateFile(
  `revenue-${moment().format('YYYY-MM')}`,
  'plaintext',
  ['month;mechanic;repairs;revenue', ...lines].join('\n')
);
