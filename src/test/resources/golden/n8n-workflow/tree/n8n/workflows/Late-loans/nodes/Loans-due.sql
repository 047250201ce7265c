select member, title
  from loans
 where due < now()
