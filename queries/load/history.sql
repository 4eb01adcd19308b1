-- What does this load change in what the file said before? One row per changed field; `before` empty: came new,
-- `after` empty: gone. $loaded_at is this load's moment.
with old_fields as (
    unpivot (select 'account' as table_name, account_id as key, account_id as account, status, name, manager_id,
        tier::varchar as tier from previous.account)
    on account, status, name, manager_id, tier into name field value said
    union all by name
    unpivot (select 'assessment' as table_name, concat_ws('/', account_id, factor_id, assessed_on) as key,
        score::varchar as score from previous.assessment) on score into name field value said
)
select 1;
