return {{queries.@{queries/list~a330395c~2}.data}} + {{queries.@{queries/LIST}.data}}
