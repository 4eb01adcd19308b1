-- What has changed since the review: facts, corrections of what earlier loads said, accounts that joined or left?
-- needs model/further/restated.sql
-- needs model/further/moves.sql
-- needs model/further/changes.sql

select
    account_id, coalesce(name_now, name) as name, kind, what, before, after, changed_on, effect, about, better::bigint as better, revenue, source
from chosen_change
order by list_position(['fact', 'correction', 'joined', 'left'], kind), round(abs(effect), 2) desc nulls last, revenue desc nulls last,
    account_id, about, what, changed_on, before nulls first, after nulls first;
