UPDATE orders SET status = 'done' WHERE id = {{OrdersTable.selectedRow.id}};
