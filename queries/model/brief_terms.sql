-- How is a line of the Brief written: names, worth, what moved, and which filter shows its accounts?

-- a line without facts says which file is missing
create macro missing_text(fact) as 'not known: fill ' || fact || '.csv and load again';

-- a name in a sentence: a long one is cut
create macro name_told(name) as case when length(name) <= 40 then name else name[:39] || '…' end;

-- the accounts by id in the filter language, as long as a filter may be; else the condition next to it
create macro id_written(id) as case when regexp_full_match(id, '[A-Za-z0-9_.-]+') then id
    else '"' || replace(id, '"', '""') || '"' end;
create macro id_filter(number, ids, otherwise) as
    case when number between 1 and 40 and length(ids) <= 3000 then ids else nullif(otherwise, '') end;

-- `before`: what to say of the share at the review
create macro worth_text(revenue, whole, before := '') as case when revenue is null then 'revenue unknown'
    else amount_text(revenue::double) || ' revenue'
        || coalesce(' (' || share_text(ratio_of(revenue, whole)) || before || ')', '') end;
-- up to four are all named: that there is one more takes as much room as its name
create macro all_named() as 4;
create macro names_text(number, largest) as case when number = 0 then '' when number <= all_named() then ': ' || largest
    else '; largest ' || largest end;
create macro number_or_none(number) as case number when 0 then 'none' else number::varchar end;
create macro moved_text(amount) as case when abs(amount) < 0.005 then 'did not move'
    when amount < 0 then 'fell by ' || amount_text(-amount) else 'rose by ' || amount_text(amount) end;
create macro signed_text(amount) as case when amount > 0 then '+' else '' end || amount_text(amount);
create macro toward(amount, least) as case when amount <= -least then 'worse' when amount >= least then 'better'
    else 'neither' end;

-- after a count: how many there were at the review, of those known at both dates where these are fewer
create macro was_text(before, then_known, known) as case when coalesce(then_known, 0) = 0 then ''
    when then_known = known then ' (was ' || before || ')'
    else ' (was ' || before || ' of ' || then_known || ' known then)' end;
-- of how many nothing can be said beside a year earlier
create macro not_compared_text(number) as case when number > 0 then '; ' || number || ' not comparable' else '' end;
-- the largest by name at the end of a short answer
create macro first_text(name) as coalesce(': ' || name, '');

-- the accounts of one line, a table or view of account_id, place and what stands beside the name (null: nothing): how
-- many, their revenue, the largest by name with what stands beside
create macro accounts_told(given) as table
select count(*) as number, case when count(*) = 0 then 0 else sum(revenue) end as revenue,
    case when number <= all_named() then string_agg(told, ', ' order by place)
        else string_agg(told, ', ' order by place) filter (place <= 3) end as largest,
    arg_min(name, place) as first_name,
    string_agg('account_id:' || id_written(account_id), ' ' order by account_id) as ids
from (select account_id, g.place, f.revenue, name_told(a.name) as name,
        concat_ws(' ', name_told(a.name), g.beside) as told
    from query_table(given) g join account a using (account_id) join account_figures f using (account_id));
-- after the largest: how many more there are
create macro more_text(number) as case when number > all_named() then ' and ' || (number - 3) || ' more' else '' end;

-- the chosen accounts: all of them, and those of the programme
create view brief_whole as
select count(*) as accounts, sum(revenue) as revenue, count(*) filter (k.in_programme) as programme_accounts,
    sum(revenue) filter (k.in_programme) as programme_revenue,
    count(*) filter (k.in_programme and revenue is null) as programme_unknown
from chosen_figures f join account_contribution_all k using (account_id);
comment on view brief_whole is 'how many accounts are chosen and what they buy, with and without those that left';

-- why nobody's cover can be told; null where it can
create macro cover_missing() as (select case when not has_rows.sponsorship then missing_text('sponsorship')
    when not has_rows.activity then missing_text('activity')
    when has_rows.named_share < 0.5 then 'not known: too few activities name a known person' end from has_rows);

-- why nothing is compared with a year earlier
create macro comparison_missing(first_booked, history_known, months_known_before, window_months) as
    case when first_booked is null then missing_text('financial_period')
        when not history_known then 'not known: ' || history_text(first_booked, months_known_before, window_months)
        else 'not known: no account can be compared with a year earlier' end;
