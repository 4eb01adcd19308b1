-- What would lift an account's profit most plainly? One lever each, with its assumption said.

create view account_lever as
with rates as (
    select (sum(cost_to_serve) / nullif(sum(revenue), 0))::double as cost_to_serve_rate
    from chosen_figures where cost_to_serve is not null and revenue > 0),
gains as (
    select s.*, 0.03 * s.revenue::double as price_gain,
        s.cost_to_serve::double - s.revenue::double * r.cost_to_serve_rate as cost_gain
    from account_standing s cross join rates r)
select
    account_id,
    case when value_at_stake is null or revenue <= 0 or value_at_stake <= 0 then null
        when cost_gain >= price_gain then 'cost to serve to the portfolio''s rate = +' || amount_text(cost_gain)
        when quadrant = 're-price' then '+3 % price, volume unchanged = +' || amount_text(price_gain)
        else 'average margin = +' || amount_text(value_at_stake) end as lever
from gains;
