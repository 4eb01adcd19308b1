-- What would lift an account's profit most plainly? One lever each, with its assumption said.

-- The rule that picks it, for accounts with revenue and less than average margin: cost to serve down to the
-- portfolio's rate where that is worth at least a price rise of 3 % (not under gross, which knows no cost to serve);
-- else that price rise for a big account (quadrant re-price); else, what average margin would be worth.
create view lever_gain as
with rates as (
    select ratio_of(sum(cost_to_serve), sum(revenue)) as cost_to_serve_rate
    from chosen_figures where cost_to_serve is not null and revenue > 0),
gains as (
    select s.account_id, s.revenue, s.cost_to_serve, r.cost_to_serve_rate, s.value_at_stake, s.revenue > 0 and s.value_at_stake > 0 as below_average,
        k.quadrant, 0.03 * s.revenue::double as price_gain,
        case c.basis when 'contribution' then s.cost_to_serve::double - s.revenue::double * r.cost_to_serve_rate end as cost_gain
    from account_standing s join account_rank k using (account_id) cross join rates r cross join context c)
select *,
    case when below_average is not true then null when cost_gain >= price_gain then 'cost to serve'
        when quadrant = 're-price' then 'price' else 'average margin' end as kind
from gains;

create view account_lever as
select
    account_id, kind,
    case kind when 'cost to serve' then cost_gain when 'price' then price_gain when 'average margin' then value_at_stake end as gain,
    case kind when 'cost to serve' then 'cost to serve to the portfolio''s rate' when 'price' then '+3 % price, volume unchanged'
        when 'average margin' then 'average margin' end || ' = +' || amount_text(gain) as lever
from lever_gain;
