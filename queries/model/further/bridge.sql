-- What moved profit between the two windows? Ten steps that sum to the change.

create macro figures_at_earlier_rates(first_day, last_day) as table
select f.account_id, complete_sum(f.revenue * to_reporting) as revenue,
    complete_sum((f.revenue - f.cogs) * to_reporting) as gross_margin,
    complete_sum(case c.basis when 'gross' then 0 else f.cost_to_serve end * to_reporting) as cost_to_serve
from (select f.*, case when f.currency = c.currency then 1::decimal(18, 8) else x.rate end as to_reporting
    from financial_period f cross join context c
    left join fx_rate x on x.currency = f.currency and x.period_start = months_later(f.period_start, -12)
    where f.scenario = 'actual' and f.period_start between first_day and last_day) f
cross join context c group by f.account_id;

create view bridge_account as
with now as (from figures_at_earlier_rates((select window_start from context), (select window_end from context))),
before as (
    select account_id, complete_sum(revenue) as revenue, complete_sum(revenue - cogs) as gross_margin,
        complete_sum(case c.basis when 'gross' then 0 else cost_to_serve end) as cost_to_serve
    from money_month cross join context c
    where period_start between c.previous_start and c.previous_end group by account_id)
select
    f.account_id, f.months, f.months_before, coalesce(f.profit, 0)::double as profit, coalesce(f.profit_before, 0)::double as profit_before,
    n.revenue::double as r1, n.gross_margin::double as g1, n.cost_to_serve::double as s1, coalesce(g1 - s1, 0) as p1,
    b.revenue::double as r0, b.gross_margin::double as g0, b.cost_to_serve::double as s0, coalesce(g0 - s0, 0) as p0,
    case when f.months_before = 0 then 'new' when f.months = 0 then 'lost'
        when r1 <= 0 or r0 <= 0 then 'no_revenue' else 'both' end as part
from chosen_figures f left join now n using (account_id) left join before b using (account_id)
where f.months + f.months_before > 0
    and (f.months = 0 or (f.profit is not null and n.gross_margin - n.cost_to_serve is not null))
    and (f.months_before = 0 or f.profit_before is not null);

create view bridge_total as
select exact_sum(r1) as r1, exact_sum(r0) as r0, exact_sum(p0) / exact_sum(r0) as m0
from bridge_account where part = 'both';

create view profit_step as
with kept as (
    select
        coalesce((t.r1 - t.r0) * t.m0, 0) as size,
        coalesce(exact_sum((a.r1 - t.r1 * a.r0 / t.r0) * a.p0 / a.r0), 0) as mix,
        coalesce(exact_sum(a.r1 * (a.g1 / a.r1 - a.g0 / a.r0)), 0) as gross_margin_rate,
        coalesce(-exact_sum(a.r1 * (a.s1 / a.r1 - a.s0 / a.r0)), 0) as cost_to_serve_rate
    from bridge_total t left join bridge_account a on a.part = 'both' group by t.r1, t.r0, t.m0),
sums as (
    select coalesce(exact_sum(profit_before), 0) as start, coalesce(exact_sum(profit), 0) as finish,
        coalesce(exact_sum(case when part = 'new' then p1 end), 0) as new,
        coalesce(-exact_sum(case when part = 'lost' then p0 end), 0) as lost,
        coalesce(exact_sum(case when part = 'no_revenue' then p1 - p0 end), 0) as no_revenue,
        coalesce(exact_sum(profit - p1), 0) as currency
    from bridge_account)
select s.* from kept k cross join sums t, lateral (values
    (1, 'start', t.start), (2, 'size', k.size), (3, 'mix', k.mix), (4, 'gross_margin_rate', k.gross_margin_rate),
    (5, 'cost_to_serve_rate', k.cost_to_serve_rate), (6, 'new', t.new), (7, 'lost', t.lost),
    (8, 'no_revenue', t.no_revenue), (9, 'currency', t.currency), (10, 'end', t.finish)) s (place, step, amount);

-- rate of a programme's currency: the month it started in
create view programme_rate as
select p.programme_id, case when p.currency = c.currency then 1::decimal(18, 8) else x.rate end as rate
from programme p cross join context c
left join fx_rate x on x.currency = p.currency and x.period_start = date_trunc('month', p.start_on)::date;
