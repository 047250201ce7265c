UPDATE repairs
SET status = 'ready',
    finished_at = now()
WHERE id = {{components.@{pages/Home/components/repairsTable}.selectedRow.id}}
  AND status <> 'ready';
