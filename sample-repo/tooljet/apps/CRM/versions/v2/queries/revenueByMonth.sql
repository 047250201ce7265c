-- Finished repairs and what they brought in, for the last twelve months
SELECT to_char(date_trunc('month', r.finished_at), 'YYYY-MM') AS month,
       m.name AS mechanic,
       count(*) AS repairs,
       sum(r.labour_price + coalesce(p.parts_price, 0)) AS revenue
FROM repairs r
JOIN mechanics m ON m.id = r.mechanic_id
LEFT JOIN (
  SELECT repair_id, sum(quantity * unit_price) AS parts_price
  FROM repair_parts
  GROUP BY repair_id
) p ON p.repair_id = r.id
WHERE r.finished_at >= date_trunc('month', CURRENT_DATE) - INTERVAL '11 months'
GROUP BY 1, 2
ORDER BY 1, 2;
