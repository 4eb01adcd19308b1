-- When was each account's plan reviewed, with which outcome, and was the customer there?
-- grain: account

select
    p.account_id, a.name, p.name as plan, r.reviewed_on, r.outcome, w.name as chaired_by, r.customer_present, r.note,
    r.review_id
from plan_now p
join listed_selection using (account_id)
join account a using (account_id)
join plan_review r using (plan_id)
cross join context c
left join person w on w.person_id = r.chaired_by
where r.reviewed_on <= c.as_of
order by p.account_id, r.reviewed_on desc, r.review_id;
