INSERT INTO repairs (customer_id, bike, problem, status, due_on)
VALUES (
  :customer_id,
  :bike,
  :problem,
  'waiting',
  CURRENT_DATE + INTERVAL '5 days'
)
RETURNING id;
