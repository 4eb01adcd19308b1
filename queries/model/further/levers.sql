-- What would lift an account's profit most plainly? One lever each, with its assumption said.

-- The rule that picks it, for accounts with revenue and less than average margin: cost to serve down to the
-- portfolio's rate where that is worth at least a price rise of 3 % (not under gross, which knows no cost to serve);
-- else that price rise for a big account (quadrant re-price); else, what average margin would be worth.
create macro price_gain_of(revenue) as 0.03 * revenue::double;
create macro cost_gain_of(basis, revenue, cost_to_serve, cost_to_serve_rate) as
    case basis when 'contribution' then cost_to_serve::double - revenue::double * cost_to_serve_rate end;
create macro lever_kind(below_average, price_gain, cost_gain, quadrant) as
    case when below_average is not true then null when cost_gain >= price_gain then 'cost to serve'
        when quadrant = 're-price' then 'price' else 'average margin' end;
create macro lever_amount(kind, price_gain, cost_gain, value_at_stake) as
    case kind when 'cost to serve' then cost_gain when 'price' then price_gain when 'average margin' then value_at_stake end;
create macro lever_words(kind, gain) as
    case kind when 'cost to serve' then 'cost to serve to the portfolio''s rate' when 'price' then '+3 % price, volume unchanged'
        when 'average margin' then 'average margin' end || ' = +' || amount_text(gain);

create view lever_gain as
with rates as (
    select ratio_of(sum(cost_to_serve), sum(revenue)) as cost_to_serve_rate
    from chosen_figures where cost_to_serve is not null and revenue > 0)
select s.account_id, s.revenue, s.cost_to_serve, r.cost_to_serve_rate, s.value_at_stake,
    s.revenue > 0 and s.value_at_stake >= 0.005 as below_average, k.quadrant, price_gain_of(s.revenue) as price_gain,
    cost_gain_of(c.basis, s.revenue, s.cost_to_serve, r.cost_to_serve_rate) as cost_gain,
    lever_kind(below_average, price_gain, cost_gain, k.quadrant) as kind
from account_standing s join account_rank k using (account_id) cross join rates r cross join context c;

create view account_lever as
select account_id, kind, lever_amount(kind, price_gain, cost_gain, value_at_stake) as gain, lever_words(kind, gain) as lever
from lever_gain;

-- the same against every account of the file, whatever is chosen: what the page of one account asks for
create view account_lever_of_all as
with rates as (
    select ratio_of(sum(cost_to_serve), sum(revenue)) as cost_to_serve_rate
    from account_figures where cost_to_serve is not null and revenue > 0),
picked as (
    select f.account_id, k.value_at_stake, price_gain_of(f.revenue) as price_gain,
        cost_gain_of(c.basis, f.revenue, f.cost_to_serve, r.cost_to_serve_rate) as cost_gain,
        lever_kind(f.revenue > 0 and k.value_at_stake >= 0.005, price_gain, cost_gain, k.quadrant) as kind
    from account_figures f join account_rank k using (account_id) cross join rates r cross join context c)
select account_id, lever_words(kind, lever_amount(kind, price_gain, cost_gain, value_at_stake)) as lever from picked;
