-- How did each factor stand at every review point, over the accounts that are chosen now?

-- the review points before as_of, and as_of itself, each with the one before it
create view review_day as
with days as (
    select held_on as seen_on, min(name) as review from review_point, context where held_on < as_of group by held_on
    union all select as_of, (select min(name) from review_point where held_on = as_of) from context)
select seen_on, review, lag(seen_on) over (order by seen_on) as before from days;

-- every score that was valid on a review day
create view score_of_day as
with latest as (
    select d.seen_on, a.account_id, a.factor_id, max(a.assessed_on) as assessed_on
    from assessment a join programme_selection using (account_id) join review_day d on a.assessed_on <= d.seen_on
    group by d.seen_on, a.account_id, a.factor_id)
select l.seen_on, a.account_id, a.factor_id, index_of(a.score, f.scale_max) as index
from latest l join assessment a using (account_id, factor_id, assessed_on) join success_factor f using (factor_id)
where freshness_of(l.seen_on - a.assessed_on, f.fresh_days, f.expire_days) <> 'expired';

-- the revenue of the twelve months up to each day, what a score weighs then: months booked by that day, unknown is 0
create view weight_of_day as
with span as (
    select seen_on, least(last_full_month(seen_on),
        (select max(period_start) from financial_period where scenario = 'actual')) as last_month
    from review_day)
select s.seen_on, m.account_id, greatest(coalesce(complete_sum(m.revenue), 0), 0)::double as weight
from span s join money_month m on m.period_start between months_later(s.last_month, -11) and s.last_month
group by s.seen_on, m.account_id;

-- weighted by the revenue of that day's twelve months; `change` over the accounts valid then and at the point before
create view factor_trend as
select
    d.seen_on, d.review, f.factor_id, f.code, f.name, exact_mean(n.index) as mean,
        weighted_mean(n.index, g.weight) as weighted_mean,
    count(n.index) as accounts_known, (select count(*) from programme_selection) as accounts,
    exact_mean(n.index - b.index) as change, count(b.index) as pairs,
    light_of(exact_mean(n.index), any_value(r.red_below), any_value(r.green_from)) as state,
    move_of(exact_mean(n.index - b.index), any_value(r.flat_points)) as move
from review_day d cross join success_factor f cross join rule r
left join score_of_day n on n.seen_on = d.seen_on and n.factor_id = f.factor_id
left join score_of_day b on b.seen_on = d.before and b.account_id = n.account_id and b.factor_id = n.factor_id
left join weight_of_day g on g.account_id = n.account_id and g.seen_on = d.seen_on
group by d.seen_on, d.review, f.factor_id, f.code, f.name;
comment on view factor_trend is 'each factor at every review point before as_of, and at as_of';
