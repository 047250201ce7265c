-- The board: what is still to be done, the most urgent first
SELECT r.id,
       r.customer_id,
       r.bike,
       r.problem,
       r.status,
       r.due_on,
       m.name AS mechanic
FROM repairs r
LEFT JOIN mechanics m ON m.id = r.mechanic_id
WHERE r.status = :status
  AND r.bike ILIKE '%' || :search || '%'
ORDER BY r.due_on, r.id;
