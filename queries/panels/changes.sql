-- What has changed since the review: facts, corrections of what earlier loads said, accounts that joined or left?

select
    account_id, coalesce(name_now, name) as name, kind, what, before, after, changed_on, effect,
    measure, points, revenue_touched, direction, about, better::bigint as better, revenue, source,
    (select any_value(f.name) from success_factor f where about = 'score'
        and starts_with(what, f.code || ' score')) as factor,
    row_number() over (partition by account_id, kind, what order by changed_on, before nulls first, after nulls first,
        about, measure)::bigint as change_number
from chosen_change
order by change_place(kind, measure, direction), round(abs(coalesce(effect, points)), 6) desc nulls last,
    revenue_touched desc nulls last, revenue desc nulls last, account_id, what, changed_on, before nulls first,
        after nulls first, change_number;
