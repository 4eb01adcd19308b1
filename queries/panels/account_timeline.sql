-- What has happened with each account, by date?

with events as (
    select account_id, occurred_on as "on", kind, coalesce(note, side || ' side') as what, person_id from done_activity
    union all
    select account_id, assessed_on, 'assessment', f.code || ' scored ' || score || ' of ' || f.scale_max, assessor_id
    from assessment join success_factor f using (factor_id) cross join context c where assessed_on <= c.as_of
    union all
    select account_id, reviewed_on, 'plan_review', coalesce(r.outcome, 'reviewed'), chaired_by
    from plan join plan_review r using (plan_id) cross join context c where reviewed_on <= c.as_of
    union all
    select account_id, approved_on, 'plan_approved', name, owner_id from plan cross join context c where approved_on <= c.as_of
    union all
    select account_id, start_on, 'sponsor_assigned', side || ' side', person_id from sponsorship cross join context c where start_on <= c.as_of
    union all
    select account_id, end_on, 'sponsor_ended', side || ' side', person_id from sponsorship cross join context c where end_on <= c.as_of
    union all
    select account_id, start_on, 'programme_started', name, null from programme cross join context c where start_on <= c.as_of)
select e.account_id, e."on", e.kind, e.what, p.name as who
from events e
join selection using (account_id)
left join person p using (person_id)
order by e.account_id, e."on" desc, e.kind, e.what, who;
