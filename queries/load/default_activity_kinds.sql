-- Which kinds of activity does kaptui ship, and which of them is a sponsor's touch? Rows of the source override them by
-- kind.
create view default_activity_kind as
select kind, label, side::varchar as side, touch, mechanism::varchar as mechanism from (values
    ('exec_meeting', 'executive meeting', null, true, null),
    ('visit', 'visit', null, true, null),
    ('call', 'call', null, false, null),
    ('newsletter', 'newsletter', null, false, null),
    ('success_evidence', 'proof of success', null, false, 'success_evidence'),
    ('convention', 'convention', null, false, 'recognition'),
    ('award', 'award', null, false, 'recognition'),
    ('investment_committee', 'investment committee', null, true, 'investment_committee'),
    ('year_end_negotiation', 'year-end negotiation', 'external', true, 'year_end_negotiation'),
    ('advisory_board', 'advisory board', 'external', true, 'advisory_board'))
    as kind (kind, label, side, touch, mechanism);
