-- Where does the file say what happened on that day?
-- also explains: account_timeline.on, account_timeline.kind, account_timeline.what, account_timeline.who
-- also explains: account_timeline.about
-- also explains: account_touches.occurred_on, account_touches.side, account_touches.kind, account_touches.who
-- also explains: account_touches.contact
-- also explains: account_touches.counts_as, account_touches.note, account_assessments.assessed_on
-- also explains: account_assessments.code
-- also explains: account_assessments.score, account_assessments.index, account_assessments.evidence
-- also explains: account_assessments.assessor
-- also explains: account_assessments.note, plan_reviews.reviewed_on, plan_reviews.outcome, plan_reviews.chaired_by
-- also explains: plan_reviews.customer_present
-- also explains: plan_reviews.note, plan_reviews.plan, plan_reviews.name

with happened as (
    select account_id, occurred_on as on_day, k.label, side_text(v.side) as words,
        at_row('activity', v.source_row) as source from activity v join activity_kind k using (kind)
    where status = 'done' union all
    select s.account_id, s.assessed_on, f.code || ' scored ' || plain_number(s.score) || ' of '
        || plain_number(f.scale_max), coalesce(s.evidence, 'no evidence written'),
        at_row('assessment', s.source_row) from assessment s join success_factor f using (factor_id) union all
    select p.account_id, r.reviewed_on, 'plan review', coalesce(r.outcome, 'reviewed'),
        at_row('plan_review', r.source_row) from plan p join plan_review r using (plan_id)
    union all select account_id, approved_on, 'plan approved', name, at_row('plan', source_row) from plan
    union all select account_id, start_on, 'sponsor assigned', side_text(side), at_row('sponsorship', source_row)
        from sponsorship
    union all select account_id, end_on, 'sponsor ended', side_text(side), at_row('sponsorship', source_row)
        from sponsorship
    union all select account_id, start_on, 'programme started', name, at_row('programme', source_row) from programme),
lines as (
    select unnest([
        explained_value(upper(q.measure[1]) || replace(q.measure[2:], '_', ' '), null, 'text', 'as the file says for '
            || day_text(try_cast(q.item as date))),
        explained_rule(
            'A fact of the file, not a computed number. Below stands everything the file holds of this account on '
            || 'that day.')
        ], recursive := true)
    from asked q where try_cast(q.item as date) is not null
    union all
    select unnest([explained_input(1, h.label, null, 'text', h.words, h.on_day, h.source)], recursive := true)
    from asked q join happened h on h.account_id = q.account_id and h.on_day = try_cast(q.item as date))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
