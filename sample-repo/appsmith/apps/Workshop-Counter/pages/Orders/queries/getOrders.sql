SELECT id, customer, bicycle, due
FROM orders
WHERE status = {{Status.selectedOptionValue}}
  AND customer ILIKE '%' || {{Search.text}} || '%'
ORDER BY due;
