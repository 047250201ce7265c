select *
  from seeds
 where left_over > 0
