-- The board: what is still to be done, late repairs first
SELECT r.id,
       r.customer_id,
       r.bike,
       r.problem,
       r.status,
       r.due_on,
       r.due_on < CURRENT_DATE AS late,
       m.name AS mechanic
FROM repairs r
LEFT JOIN mechanics m ON m.id = r.mechanic_id
WHERE r.status = :status
  AND r.bike ILIKE '%' || :search || '%'
  AND (:mechanic = '' OR m.name = :mechanic)
ORDER BY late DESC, r.due_on, r.id;
