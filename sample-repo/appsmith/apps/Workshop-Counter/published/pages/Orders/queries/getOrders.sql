SELECT id, customer, bicycle, due FROM orders ORDER BY due;
