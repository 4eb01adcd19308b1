-- What does each line of the Brief measure, what was that at the review, and how far did it move?

-- A year earlier instead of at the review in lines 2 and 4. `was` and `change` are over what is known at both dates,
-- and so is `value` beside them; they are null where nothing is compared. Measures: profit and losses in money, share
-- and points, else how many accounts or leaders.
create view brief_measure (number, measure, value, was, change) as
select 1, 'profit', sum(p.after)::double, sum(p.before)::double, sum(p.effect)::double
from profit_since p join selection using (account_id) where p.standing = 'known' having count(*) > 0
union all
select 2, 'profit', coalesce(sum(profit) filter (empty_growth), 0)::double,
    coalesce(sum(profit - profit_change) filter (empty_growth), 0)::double,
    coalesce(sum(profit_change) filter (empty_growth), 0)::double
from account_figures join programme_selection using (account_id) having count(empty_growth) > 0
union all
select 3, 'losses', sum(least(p.after, 0))::double, sum(least(p.before, 0))::double,
    sum(least(p.after, 0) - least(p.before, 0))::double
from profit_since p join selection using (account_id) where p.standing = 'known' having count(*) > 0
union all
select 4, 'profit', max(amount) filter (step = 'end') as now, max(amount) filter (step = 'start') as before,
    now - before
from profit_step having now is not null
union all
select 5, case when comparable then 'share' else 'accounts' end,
    case when comparable then share_before - share_better else before - better end,
    case when comparable then share_before else before end, case when comparable then -share_better else -better end
from cover_judged where cover_missing() is null and both_known > 0
union all
select 6, 'leaders', count(*) filter (l.concerned), any_value(b.leaders),
    count(*) filter (l.concerned) - any_value(b.leaders)
from leader_told l cross join leader_concerned_before b having count(*) > 0
union all
select 7, 'points', level, null, change from factor_weakest
union all
select 8, 'accounts', count(*) filter (h.health <> 'alive') as now, count(*) filter (b.health <> 'alive') as before,
    now - before
from account_plan_health h join programme_selection using (account_id) join plan_health_before b using (account_id)
having (select plan from has_rows)
union all
select 9, 'share', of_money, null, null from right_account where own > 0
union all
select 10, 'accounts', count(*) filter (exposed), null, null from negotiation_faced
having cover_missing() is null and (count(*) = 0 or count(status) > 0);
comment on view brief_measure is 'the number of each line of the Brief, with what it was and how far it moved';
