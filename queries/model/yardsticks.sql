-- What is an account measured against? Yardsticks over the whole programme, which no filter moves.

-- one row, the yardsticks: over every account of the programme, whatever is chosen; `known_*`: with known profit
create table programme_yardstick as
with summed as (
    select
        sum(revenue) filter (profit is not null) as known_revenue,
        sum(profit) as known_profit,
        count(profit) as known_accounts,
        margin_of(sum(profit), sum(revenue) filter (profit is not null)) as margin,
        median(revenue::double) filter (profit is not null) as median_revenue,
        ratio_of(sum(cost_to_serve) filter (revenue > 0), sum(revenue)
            filter (revenue > 0 and cost_to_serve is not null))
            as cost_to_serve_rate
    from account_figures semi join programme_account using (account_id))
select s.*, coalesce(r.hurdle_margin, s.margin) as margin_cut, coalesce(r.big_from, s.median_revenue) as revenue_cut,
    r.quadrant_band, r.lever_price
from summed s cross join rule r;
comment on table programme_yardstick is 'one row: margin, median revenue, cuts and cost rate of the whole programme';

-- profit that the programme's margin would add (+) or take away (-); sums to 0 over the programme
create macro value_at_stake(revenue, profit, programme_margin) as revenue::double * programme_margin - profit::double;

-- margin against that of the programme; a margin of the programme near 0 measures nothing
create macro profit_index_of(margin, programme_margin) as
    case when abs(programme_margin) >= 0.01 then margin / programme_margin end;

-- on the cut is rich, and so is what lies less than the band below it
create macro is_rich(margin, margin_cut, band) as margin >= margin_cut or round(margin_cut - margin, 12) < band;
create macro quadrant_of(revenue, margin, margin_cut, revenue_cut, band) as
    case when margin is null or margin_cut is null or revenue_cut is null then null
        when is_rich(margin, margin_cut, band) then case when revenue::double >= revenue_cut then 'protect'
            else 'invest' end
        else case when revenue::double >= revenue_cut then 're-price' else 'fix or exit' end end;

-- every account of the file against the programme; who has left it is measured against nothing
create table account_contribution_all as
select
    f.account_id, margin_of(f.profit, f.revenue) as margin, y.margin as programme_margin, y.margin_cut, y.revenue_cut,
        y.quadrant_band,
    p.account_id is not null as in_programme,
    case when in_programme then profit_index_of(margin_of(f.profit, f.revenue), y.margin) end as profit_index,
    case when in_programme then value_at_stake(f.revenue, f.profit, y.margin) end as value_at_stake,
    case when in_programme and f.months >= c.window_months and f.figures <> 'late'
        then quadrant_of(f.revenue, margin_of(f.profit, f.revenue), y.margin_cut, y.revenue_cut,
            y.quadrant_band) end as quadrant
from account_figures f cross join programme_yardstick y cross join context c
left join programme_account p on p.account_id = f.account_id;
comment on table account_contribution_all is
    'quadrant, profit index and value at stake of each account against the programme';
