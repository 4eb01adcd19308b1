-- What do the lines of the Brief say of money: what got worse, growth without profit, losses, the bridge, pricing?
-- Over 80 lines because the accounts of each line stand beside its sentence. A line has `answer`, `number` and
-- `revenue` of its accounts (null: not known), `amount`, `direction` since the review, `shows`, `short`: the answer
-- where there is little room (null: as it stands), `who`: the largest of them by name, with the amount that the line
-- is about, and what else the short answer leaves out, and the number it measures:
-- `measure`, `value`, what it `was` and the `change`. Those are over what is known at both dates (the review; a year
-- earlier in lines 2 and 4), null where nothing is compared: profit and losses in money, share and points, else how
-- many accounts or leaders.

create view profit_fall as
select p.account_id, p.effect::double as effect, row_number() over (order by p.effect, p.account_id) as place
from profit_since p join selection using (account_id) where p.standing = 'known' and p.effect <= -0.005;
comment on view profit_fall is 'whose profit of twelve months fell since the review, the deepest first';

create view score_fall as
select account_id, count(*) as scores, min(points) as deepest,
    row_number() over (order by round(min(points), 6), any_value(revenue) desc nulls last, account_id) as place
from chosen_change where kind = 'fact' and measure = 'score' and direction = 'worse' group by account_id;
comment on view score_fall is 'at which accounts scores fell since the review, the deepest first';

-- three falls of profit, then three of scores: what line 1 names
create macro named_worse(profit_falls, score_falls) as table
select account_id, row_number() over (order by min(place)) as place, null as beside
from (select account_id, place from query_table(profit_falls) where place <= 3
    union all select account_id, 3 + place from query_table(score_falls) where place <= 3) group by account_id;
create view worse_named as from named_worse('profit_fall', 'score_fall');

create view brief_worse as
with profit_falls as materialized (from profit_fall), score_falls as materialized (from score_fall),
worse as materialized (from named_worse('profit_falls', 'score_falls')),
moves as (
    select count(*) as known, sum(p.effect)::double as effect, sum(p.after)::double as now,
        sum(p.before)::double as before
    from profit_since p join selection using (account_id) where p.standing = 'known'),
falls as (
    select count(*) as number, sum(p.effect)::double as effect, ' ' || amount_text(-sum(p.effect)) as deep,
        string_agg(name_told(a.name) || ' ' || amount_text(p.effect), ', ' order by p.place)
            filter (p.place <= 3) as told
    from profit_falls p join account a using (account_id)),
scores as (
    select count(*) as accounts, sum(s.scores)::bigint as fallen, round(-min(s.deepest), 1) as deepest,
        case when accounts <= all_named() then string_agg(name_told(a.name), ', ' order by s.place)
            else string_agg(name_told(a.name), ', ' order by s.place) filter (s.place <= 3) end as told
    from score_falls s join account a using (account_id)),
pairs as (select count(s.change) as known from factor_score s join programme_selection using (account_id))
select
    case when c.first_booked is null and not has_rows.assessment then missing_text('financial_period')
        else case when c.first_booked is null then 'profit is not known: fill financial_period.csv'
            when m.known = 0 then 'no profit is known at both dates'
            else case when f.number = 0 then 'none' else f.number::varchar end || ' of '
                || count_text(m.known, 'account') || case when f.number > 1 then ' earn' else ' earns' end
                || coalesce(f.deep, '') || ' less' || case c.time_window when 'ttm' then ' since the review'
                    else ' in 12 months than at the review' end || coalesce(' (' || f.told || ')', '')
                || case when f.number = 0 then ', in all profit ' || moved_text(m.effect)
                    when m.effect - f.effect >= 0.005 then ', others ' || signed_text(m.effect - f.effect)
                        || ': net ' || case when abs(m.effect) < 0.005 then 'unchanged'
                            else signed_text(m.effect) end else '' end
                || coalesce('; ' || nullif(w.accounts - m.known, 0) || ' unknown', '') end
        || '; '
        || case when not has_rows.assessment then 'scores are not known: fill assessment.csv'
            when p.known = 0 then 'no score is known at both dates' when s.accounts = 0 then 'no score fell'
            else count_text(s.fallen, 'score') || ' fell by up to ' || number_text(s.deepest) || ' points at '
                || count_text(s.accounts, 'account') || ': ' || s.told end end as answer,
    case when m.known + p.known > 0 then t.number end as number, t.revenue, m.effect as amount,
    case when m.known > 0 then toward(m.effect, 0.005) when s.accounts > 0 then 'worse' end as direction,
    null as shows,    -- its evidence is the whole: over its accounts alone it would come to another sum
    case when m.known + p.known > 0 then concat_ws('; ',
        case when m.known > 0 then case when f.number = 0 then 'none' else f.number::varchar end || ' of ' || m.known
            || case when f.number > 1 then ' earn' else ' earns' end || coalesce(f.deep, '') || ' less' end,
        case when s.accounts > 0 then count_text(s.fallen, 'score') || ' fell'
            when p.known > 0 then 'no score fell' end) end as short,
    case when m.known + p.known > 0 then nullif(concat_ws('; ', f.told,
        case when f.number > 0 and abs(m.effect) >= 0.005 then 'net ' || signed_text(m.effect) end,
        'scores: ' || s.told), '') end as who,
    case when m.known > 0 then 'profit' end as measure, m.now as value, m.before as was, m.effect as change
from moves m cross join falls f cross join scores s cross join pairs p cross join context c cross join has_rows
cross join brief_whole w cross join accounts_told('worse') t;

create view empty_growth_told as
select f.account_id, f.profit_change::double as fall, amount_text(fall) as beside,
    row_number() over (order by round(f.profit_change, 2), f.account_id) as place
from account_figures f join programme_selection using (account_id) where f.empty_growth;

create view brief_growth as
with falls as (select coalesce(sum(fall), 0) as amount from empty_growth_told),
base as (
    select count(f.empty_growth) as known, coalesce(sum(f.profit) filter (f.empty_growth), 0)::double as now,
        coalesce(sum(f.profit - f.profit_change) filter (f.empty_growth), 0)::double as before,
        coalesce(sum(f.profit_change) filter (f.empty_growth), 0)::double as moved
    from account_figures f join programme_selection using (account_id))
select
    case when b.known = 0
        then comparison_missing(c.first_booked, c.history_known, c.months_known_before, c.window_months)
        else case t.number when 0 then 'none of ' || count_text(b.known, 'account')
            else t.number || ' of ' || count_text(b.known, 'account') || ', '
                || worth_text(t.revenue, w.programme_revenue) || ', earn' || case t.number when 1 then 's ' else ' ' end
                || amount_text(-f.amount) || ' less than a year earlier' || names_text(t.number, t.largest) end
            || not_compared_text(w.programme_accounts - b.known) end as answer,
    case when b.known > 0 then t.number end as number, t.revenue, case when b.known > 0 then f.amount end as amount,
    null as direction, 'reason:empty_growth' as shows,
    case when b.known = 0 then null when t.number = 0 then 'none of ' || b.known
        else t.number || ' of ' || b.known || case t.number when 1 then ' earns ' else ' earn ' end
            || amount_text(-f.amount) || ' less than a year earlier' end as short,
    coalesce(amount_text(t.revenue::double) || ' revenue: ', '') || t.largest || more_text(t.number) as who,
    case when b.known > 0 then 'profit' end as measure, case when b.known > 0 then b.now end as value,
    case when b.known > 0 then b.before end as was, case when b.known > 0 then b.moved end as change
from falls f cross join base b cross join context c cross join brief_whole w
cross join accounts_told('empty_growth_told') t;

create view losing_account as
select account_id, amount_text(profit::double) as beside, row_number() over (order by profit, account_id) as place
from chosen_figures where profit < 0;

create view brief_losses as
with summed as (
    select count(f.profit) as known, count(*) - count(f.profit) as lacking,
        coalesce(sum(f.profit) filter (f.profit < 0), 0)::double as loss,
        count(*) filter (f.profit < 0 and not k.in_programme) as exited,
        count(*) filter (f.profit < 0 and k.in_programme and not is_material(-f.profit, f.revenue, r.material_share))
            as slight, any_value(r.material_share) as material_share,
        count(*) filter (k.value_at_stake >= 0.005) as below,
        sum(k.value_at_stake) filter (k.value_at_stake >= 0.005) as stake, any_value(k.programme_margin) as margin
    from chosen_figures f join account_contribution_all k using (account_id) cross join rule r),
since as (
    select count(*) as known, sum(least(p.after, 0) - least(p.before, 0))::double as moved,
        sum(least(p.after, 0))::double as now, sum(least(p.before, 0))::double as before
    from profit_since p join selection using (account_id) where p.standing = 'known')
select
    case when c.first_booked is null then missing_text('financial_period')
        when s.known = 0 then 'not known: no account has a known profit'
        else case t.number when 0 then 'none' else t.number::varchar end || ' of ' || count_text(s.known, 'account')
            || case t.number when 0 then ' loses money'
                else case t.number when 1 then ' loses ' else ' lose ' end || amount_text(-s.loss)
                    || coalesce(' (' || nullif(concat_ws(', ', nullif(s.exited, 0) || ' exited',
                        nullif(s.slight, 0) || ' by under ' || share_text(s.material_share) || ' of revenue'), '')
                        || ')', '')
                    || names_text(t.number, t.largest) end
            || case when n.known > 0 and n.moved >= 0.005
                then '; ' || amount_text(n.moved) || ' less lost than at the review' else '' end
            || case when s.below > 0 then '; ' || s.below || ' would earn ' || amount_text(s.stake)
                || ' more at programme margin (' || share_text(s.margin) || ')' else '' end
            || case when s.lacking > 0 then '; profit of ' || s.lacking || ' unknown' else '' end end as answer,
    case when s.known > 0 then t.number end as number, t.revenue, case when s.known > 0 then s.loss end as amount,
    case when s.known > 0 and n.known > 0 then toward(n.moved, 0.005) end as direction, 'profit<0' as shows,
    case when s.known > 0 then case t.number when 0 then 'none of ' || s.known || ' loses money'
            else t.number || ' of ' || s.known || ' lose' || case t.number when 1 then 's ' else ' ' end
                || amount_text(-s.loss) end
        || case when s.below > 0 then '; ' || s.below || ' below margin: ' || signed_text(s.stake)
            else first_text(t.first_name) end end as short,
    nullif(concat_ws('; ', t.largest || more_text(t.number),
        case when s.below > 0 then 'programme margin ' || share_text(s.margin) end,
        'profit of ' || nullif(s.lacking, 0) || ' unknown'), '') as who,
    case when n.known > 0 then 'losses' end as measure, n.now as value, n.before as was,
    n.moved as change
from summed s cross join since n cross join context c cross join accounts_told('losing_account') t;

-- the steps between start and end, each as it is written; the largest down and up
create macro told_of(steps) as table
select s.place, s.step, s.amount, round(s.amount, 2) as cents, w.words, w.short
from query_table(steps) s join (values ('size', 'change in revenue', 'revenue'), ('mix', 'mix of accounts', 'mix'),
    ('gross_margin_rate', 'gross margin', 'gross margin'), ('cost_to_serve_rate', 'cost to serve', 'cost to serve'),
    ('new', 'new accounts', 'new'), ('lost', 'lost accounts', 'lost'),
    ('no_revenue', 'accounts without revenue', 'no revenue'), ('currency', 'currency', 'currency'))
    w (step, words, short) using (step);
create view step_told as from told_of('profit_step');
create macro named_steps(told) as table
select arg_min(step, (cents, place)) as down, min(cents) as down_cents, arg_min(amount, (cents, place)) as down_amount,
    arg_min(words, (cents, place)) as down_words, arg_min(short, (cents, place)) as down_short,
    arg_max(step, (cents, -place)) as up, max(cents) as up_cents,
    arg_max(amount, (cents, -place)) as up_amount, arg_max(words, (cents, -place)) as up_words,
    arg_max(short, (cents, -place)) as up_short
from query_table(told);
create view step_named as from named_steps('step_told');
-- the accounts that moved profit most in the step named first
create macro accounts_of_step(named) as table
with moved_by as (
    select b.account_id, signed_text(b.amount::double) as beside,
        row_number() over (order by case when n.down_cents < 0 then -1 else 1 end * round(b.amount, 2) desc,
            b.account_id) as nth
    from bridge_account_step b cross join query_table(named) n
    where b.step = case when n.down_cents < 0 then n.down when n.up_cents > 0 then n.up end
        and abs(b.amount) >= 0.005 and (b.amount < 0) = (n.down_cents < 0))
select account_id, beside, nth as place from moved_by where nth <= 3;
create view step_account as from accounts_of_step('step_named');

-- what a step did to profit: "cost to serve took 0.75m"
create macro step_text(words, amount) as words || case when amount < 0 then ' took ' else ' brought ' end
    || amount_text(abs(amount));

create view brief_bridge as
with step_rows as materialized (from profit_step),
told_steps as materialized (from told_of('step_rows')),
named as materialized (from named_steps('told_steps')),
behind as materialized (from accounts_of_step('named')),
ends as (
    select max(amount) filter (step = 'end') as now, max(amount) filter (step = 'start') as before,
        now - before as amount
    from step_rows),
rest as (select e.amount - case when n.down_cents < 0 then n.down_amount else n.up_amount end as all_else,
        e.amount - case when n.down_cents < 0 then n.down_amount else 0 end
        - case when n.up_cents > 0 then n.up_amount else 0 end as rest from ends e cross join named n),
others as (
    select string_agg(s.short || ' ' || signed_text(s.amount), ', ' order by abs(s.cents) desc, s.place) as told
    from told_steps s cross join named n
    where s.step <> case when n.down_cents < 0 then n.down else n.up end and abs(s.amount) >= 0.005
        and (n.down_cents < 0 or n.up_cents > 0)),
base as (select count(*) filter (left_out is null) as accounts, count(left_out) as without from bridge_part)
select
    case when e.amount is null
        then comparison_missing(c.first_booked, c.history_known, c.months_known_before, c.window_months)
        else 'profit ' || moved_text(e.amount) || ' on a year earlier (' || count_text(b.accounts, 'account')
            || coalesce(', ' || nullif(b.without, 0) || ' left out', '') || ')'
            || coalesce(': ' || nullif(concat_ws(', ',
                case when n.down_cents < 0 then step_text(n.down_words, n.down_amount)
                    || coalesce(' (' || t.largest || ')', '') end,
                case when n.up_cents > 0 then step_text(n.up_words, n.up_amount)
                    || case when n.down_cents < 0 then '' else coalesce(' (' || t.largest || ')', '') end end,
                case when (n.down_cents < 0 or n.up_cents > 0) and abs(r.rest) >= 0.005
                    then step_text('all else', r.rest) end), ''), '') end as answer,
    case when e.amount is not null then t.number end as number, t.revenue, e.amount, null as direction,
    null as shows,    -- its evidence is the whole: over its accounts alone it would come to another sum
    case when e.amount is null then null
        when n.down_cents >= 0 and n.up_cents <= 0 then 'profit ' || moved_text(e.amount) || ' in a year'
        else case when abs(e.amount) < 0.005 then 'unchanged' else signed_text(e.amount) end || ': '
            || case when n.down_cents < 0 then n.down_short || ' ' || amount_text(n.down_amount)
                else n.up_short || ' ' || signed_text(n.up_amount) end
            || case when abs(r.all_else) >= 0.005 then ', all else ' || signed_text(r.all_else) else '' end
        end as short,
    nullif(concat_ws('; ', 'all else: ' || o.told,
        case when n.down_cents < 0 then n.down_short else n.up_short end || ': ' || t.largest), '') as who,
    case when e.now is not null then 'profit' end as measure, e.now as value,
    case when e.now is not null then e.before end as was, case when e.now is not null then e.amount end as change
from ends e cross join rest r cross join others o cross join base b cross join named n cross join context c
cross join accounts_told('behind') t;

-- running programmes of the chosen accounts; `rich`: the account earns programme margin
create view running_programme as
select p.account_id, p.own_commitment::double as own_commitment,
    coalesce(k.quadrant in ('protect', 'invest'), false) as rich, k.quadrant is null as unjudged
from programme_figures p join selection using (account_id) join account_contribution_all k using (account_id)
where p.running;
create view elsewhere_account as
select account_id, row_number() over (order by sum(own_commitment) desc, account_id) as place,
    amount_text(sum(own_commitment)) || case when any_value(unjudged) then ' (margin unknown)' else '' end as beside
from running_programme where not rich and own_commitment > 0 group by account_id;

-- how much goes to accounts at programme margin: of the money, of revenue, and value priced there and elsewhere
create view right_account as
with spent as (
    select count(*) as programmes, count(*) - count(own_commitment) as lacking, coalesce(sum(own_commitment), 0) as own,
        coalesce(sum(own_commitment) filter (not rich), 0) as elsewhere
    from running_programme),
priced as (
    select ratio_of(sum(f.value_priced) filter (rich), sum(f.priced) filter (rich)) as there,
        ratio_of(sum(f.value_priced) filter (not rich), sum(f.priced) filter (not rich)) as elsewhere,
        ratio_of(sum(f.value_priced), sum(f.priced)) as everywhere
    from (select f.*, coalesce(k.quadrant in ('protect', 'invest'), false) as rich
        from chosen_figures f join account_contribution_all k using (account_id)) f
    where f.value_priced_share is not null),
sold as (
    select ratio_of(sum(f.revenue) filter (k.quadrant in ('protect', 'invest')), sum(f.revenue)) as of_revenue
    from chosen_figures f join account_contribution_all k using (account_id)),
judged_parts as (
    select s.*, case when s.own > 0 then (s.own - s.elsewhere) / s.own end as of_money, coalesce(o.of_revenue, 0)
        as of_revenue, p.there as priced_there, p.elsewhere as priced_elsewhere, p.everywhere as priced,
        case when s.own > 0 then round(of_money, 9) >= round(coalesce(o.of_revenue, 0), 9) end as money_right,
        round(p.there, 9) >= round(p.elsewhere, 9) as priced_right
    from spent s cross join priced p cross join sold o)
select *, case when money_right is null and priced_right is null then null
    when coalesce(money_right, priced_right) and coalesce(priced_right, money_right) then 'right'
    when money_right or priced_right then 'partly' else 'wrong' end as verdict
from judged_parts;
comment on view right_account is 'whether co-innovation money and value pricing go to accounts at programme margin';

create view brief_pricing as
select
    coalesce(s.verdict || ': ', '') || case when not has_rows.programme
            then 'co-innovation is not known: fill programme.csv'
        when s.programmes = 0 then 'no co-innovation programme is running'
        when s.own <= 0 then 'no commitment to a running programme is known'
        else share_text((s.own - s.elsewhere) / s.own) || ' of ' || amount_text(s.own)
            || ' co-innovation money goes to accounts at programme margin (' || share_text(s.of_revenue)
            || ' of revenue)'
            || case when t.number > 0 then ', ' || amount_text(s.elsewhere) || ' to ' || count_text(t.number, 'other')
                || names_text(t.number, t.largest) else '' end
            || case when s.lacking > 0 then '; ' || count_text(s.lacking, 'programme') || ' without a known amount'
                else '' end end
    || '; ' || case when s.priced is null
            then 'value pricing is not known: fill revenue_value_priced in financial_period.csv'
        else 'value priced ' || share_text(s.priced) || ' of revenue'
            || case when s.priced_there is null then ', all elsewhere, not known there'
                when s.priced_elsewhere is null then ', all there, not known elsewhere'
                else ': ' || share_text(s.priced_there) || ' there, ' || share_text(s.priced_elsewhere)
                    || ' elsewhere' end end as answer,
    case when s.own > 0 then t.number when has_rows.programme and s.programmes = 0 then 0 end as number, t.revenue,
    case when s.own > 0 then s.elsewhere end as amount, null as direction,
    null as shows,    -- its evidence is the whole: where the rest of the money goes
    case when s.own <= 0 then null
        else coalesce(s.verdict || ': ', '') || share_text(s.of_money) || ' of ' || amount_text(s.own)
            || ' co-innovation at margin'
            || coalesce('; ' || share_text(s.priced) || ' of revenue value priced', '') end as short,
    case when s.own > 0 then nullif(concat_ws('; ', 'elsewhere: ' || t.largest || more_text(t.number),
        case when s.priced is not null then 'value priced '
            || coalesce(share_text(s.priced_there), 'not known') || ' at margin or above, '
            || coalesce(share_text(s.priced_elsewhere), 'not known') || ' elsewhere' end), '') end as who,
    case when s.own > 0 then 'share' end as measure,
    case when s.own > 0 then s.of_money end as value,
    null as was, null as change, s.verdict
from right_account s cross join has_rows cross join accounts_told('elsewhere_account') t;
