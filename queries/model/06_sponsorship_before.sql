-- How did the sides stand at the day compared with? The facts of the file, whatever a what-if moves.

create view assigned_before as
from assigned_at((select since from context)) left join touched_at((select since from context)) using (account_id, side, person_id);
create view side_before as from sides_on((select since from context), 'assigned_before');
