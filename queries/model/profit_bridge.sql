-- What moved profit between the two windows, and through which accounts? Ten steps that sum to the change.
-- Empty where the booked range does not hold the whole earlier window: then there is nothing to compare with.

create macro figures_at_earlier_rates(first_day, last_day) as table
select f.account_id, complete_sum(f.revenue * to_reporting) as revenue,
    complete_sum((f.revenue - f.cogs) * to_reporting) as gross_margin,
    complete_sum(case c.basis when 'gross' then 0 else f.cost_to_serve end * to_reporting) as cost_to_serve
from (select f.*, worth(f.currency, c.currency, x.rate) as to_reporting
    from financial_period f cross join context c
    left join month_rate x on x.currency = upper(f.currency) and x.period_start = months_later(f.period_start, -12)
    where f.scenario = 'actual' and f.period_start between first_day and last_day) f
cross join context c group by f.account_id;

-- every account with figures in one of the two windows: which part it plays, or why it is left out
create table bridge_part_all as
with now as (from figures_at_earlier_rates((select window_start from context), (select window_end from context))),
before as (
    select account_id, complete_sum(revenue) as revenue, complete_sum(revenue - cogs) as gross_margin,
        complete_sum(case c.basis when 'gross' then 0 else cost_to_serve end) as cost_to_serve
    from money_month cross join context c
    where period_start between c.previous_start and c.previous_end group by account_id)
select
    f.account_id, coalesce(f.profit, 0)::double as profit, coalesce(f.profit_before, 0)::double as profit_before,
    n.revenue::double as r1, n.gross_margin::double as g1, n.cost_to_serve::double as s1, coalesce(g1 - s1, 0) as p1,
    b.revenue::double as r0, b.gross_margin::double as g0, b.cost_to_serve::double as s0, coalesce(g0 - s0, 0) as p0,
    -- new in the earlier window, or without any row in it
    case when f.rows_now = 0 then 'lost' when f.first_month > c.previous_start or f.rows_before = 0 then 'new'
        when r1 <= 0 or r0 <= 0 then 'no_revenue' else 'both' end as part,
    case when f.late then 'late, not booked to the end of the window'
        when f.rows_now > 0 and f.profit is null then 'profit unknown in the window'
        when f.rows_before > 0 and f.profit_before is null then 'profit unknown a year earlier'
        when f.rows_now > 0 and (n.gross_margin - n.cost_to_serve) is null
            then 'no rate of a year earlier' end as left_out
from account_figures f left join now n using (account_id) left join before b using (account_id) cross join context c
where c.history_known and f.rows_now + f.rows_before > 0;

create view bridge_part as from bridge_part_all join selection using (account_id);
create view bridge_account as select * exclude (left_out) from bridge_part where left_out is null;

-- what each account adds to each step; over the steps an account's amounts sum to its own change of profit:
-- size is its change of revenue at the margin of all, mix what its own margin makes of that change beyond it
create view bridge_account_step as
with kept as materialized (from bridge_account),
whole as (select exact_sum(p0) / exact_sum(r0) as m0 from kept where part = 'both')
select k.account_id, s.place, s.step, coalesce(s.amount, 0) as amount
from kept k left join whole w on k.part = 'both', lateral (values
    (1, 'start', k.profit_before), (2, 'size', (k.r1 - k.r0) * w.m0), (3, 'mix', (k.r1 - k.r0) * (k.p0 / k.r0 - w.m0)),
    (4, 'gross_margin_rate', case when k.part = 'both' then k.r1 * (k.g1 / k.r1 - k.g0 / k.r0) end),
    (5, 'cost_to_serve_rate', case when k.part = 'both' then k.r1 * (k.s0 / k.r0 - k.s1 / k.r1) end),
    (6, 'new', case when k.part = 'new' then k.p1 - k.p0 end), (7, 'lost', case when k.part = 'lost' then -k.p0 end),
    (8, 'no_revenue', case when k.part = 'no_revenue' then k.p1 - k.p0 end),
    (9, 'currency', k.profit - k.p1), (10, 'end', k.profit)) s (place, step, amount);
comment on view bridge_account_step is 'what each account adds to each step of the bridge';

-- the same over all chosen accounts; every step is always there, empty where no account could be compared
create view profit_step as
select e.place, e.step,
    case when count(a.step) > 0 then exact_sum(a.amount) end as amount,
    count(*) filter (abs(a.amount) >= 0.005) as accounts
from (values (1, 'start'), (2, 'size'), (3, 'mix'), (4, 'gross_margin_rate'), (5, 'cost_to_serve_rate'),
    (6, 'new'), (7, 'lost'), (8, 'no_revenue'), (9, 'currency'), (10, 'end')) e (place, step)
left join bridge_account_step a on a.step = e.step
group by e.place, e.step;
comment on view profit_step is 'the bridge of portfolio profit, ten steps in order';
