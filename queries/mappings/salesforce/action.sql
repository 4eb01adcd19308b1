-- Which steps do the objectives have? The tasks that hang on one, and the company's own action.csv.
-- A closed task without a day of completion was done on the day it was due.
select
    t.Id as action_id, t.WhatId as objective_id, coalesce(t.Subject, 'Task') as name,
    case when t.OwnerId in (from known_person) then t.OwnerId end as owner_id,
    t.ActivityDate as due_on,
    case when is_closed(t.IsClosed, t.Status) then coalesce(day_part(t.CompletedDateTime), t.ActivityDate) end
        as done_on
from salesforce.task as t
where not is_yes(t.IsDeleted) and not is_yes(t.IsRecurrence) and t.WhatId in (from known_objective)
union all by name
select o.action_id as action_id, o.objective_id as objective_id, o.name, o.owner_id as owner_id,
    o.due_on, o.done_on
from own.action as o
