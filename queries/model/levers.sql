-- What would lift an account's profit most plainly? One lever each, with its assumption said.

-- The rule that picks it, for accounts of the programme with revenue and less than its margin: cost to serve down to
-- the programme's rate where that is worth at least the price rise of setting lever_price (not under gross, which
-- knows no cost to serve); else that price rise for a big account (quadrant re-price); else, what the programme's
-- margin would be worth. Nothing depends on what is chosen.
create macro price_gain_of(revenue, lever_price) as lever_price * revenue::double;
create macro cost_gain_of(basis, revenue, cost_to_serve, cost_to_serve_rate) as
    case basis when 'contribution' then cost_to_serve::double - revenue::double * cost_to_serve_rate end;
create macro lever_kind(below_margin, price_gain, cost_gain, quadrant) as
    case when below_margin is not true then null when cost_gain >= price_gain then 'cost to serve'
        when quadrant = 're-price' then 'price' else 'programme margin' end;
create macro lever_amount(kind, price_gain, cost_gain, value_at_stake) as
    case kind when 'cost to serve' then cost_gain when 'price' then price_gain when 'programme margin'
        then value_at_stake end;
create macro price_words(lever_price) as format('{:g} %', 100 * lever_price);
create macro lever_words(kind, gain, lever_price) as
    amount_text(gain) || ' more ' || case kind
        when 'cost to serve' then 'by cutting cost to serve to the programme''s rate'
        when 'price' then 'by raising prices ' || price_words(lever_price) || ', volume unchanged'
        when 'programme margin' then 'at programme margin' end;
-- the same in few words, where the assumption has no room
create macro lever_in_short(kind, gain, lever_price) as case kind when 'cost to serve' then 'cut cost to serve'
    when 'price' then 'raise prices ' || price_words(lever_price) when 'programme margin' then 'to programme margin' end
    || ': +' || amount_text(gain);

-- one step after the other, and kept: a name that stands for a longer expression is written out wherever it is used
create table lever_gain as
with gains as (
    select f.account_id, f.revenue, f.cost_to_serve, y.cost_to_serve_rate, y.lever_price, k.value_at_stake, k.quadrant,
        k.programme_margin,
        f.revenue > 0 and k.value_at_stake >= 0.005 as below_margin,
        price_gain_of(f.revenue, y.lever_price) as price_gain,
        cost_gain_of(c.basis, f.revenue, f.cost_to_serve, y.cost_to_serve_rate) as cost_gain
    from account_figures f join account_contribution_all k using (account_id) cross join programme_yardstick y cross
        join context c),
named as (select *, lever_kind(below_margin, price_gain, cost_gain, quadrant) as kind from gains),
worked_out as (select *, lever_amount(kind, price_gain, cost_gain, value_at_stake) as gain from named)
select *, lever_words(kind, gain, lever_price) as lever, lever_in_short(kind, gain, lever_price) as lever_short
from worked_out;
comment on table lever_gain is 'what each lever would bring an account below the margin of all, and which is named';

create view account_lever as select account_id, kind, gain, lever from lever_gain;
comment on view account_lever is 'the lever named for each account below the margin of the programme, and its gain';

-- the same; the page of one account and the asks know it by this name
create view account_lever_of_all as select account_id, lever, lever_short from lever_gain;
comment on view account_lever_of_all is 'the same, account and words alone';
