-- Which thresholds hold? Every setting of the file, else its default; `rule` is the one row that views read.

create view setting_in_force as
select d.key, coalesce(nullif(trim(s.value), ''), d.value) as value
from setting_default d left join setting s on s.key = d.key;

-- the value of one setting among all rows; an aggregate, so that one scan reads them all
create macro setting_number(key, value, wanted) as max(try_cast(value as double)) filter (key = wanted);

create table rule as
select
    setting_number(key, value, 'fiscal_year_start_month')::integer as fiscal_year_start_month,
    setting_number(key, value, 'red_below') as red_below, setting_number(key, value, 'green_from') as green_from,
    setting_number(key, value, 'flat_points') as flat_points,
    [setting_number(key, value, 'cadence_tier_1'), setting_number(key, value, 'cadence_tier_2'),
        setting_number(key, value, 'cadence_tier_3')]::integer[]
        as cadence_of_tier,
    setting_number(key, value, 'new_days')::integer as new_days,
    setting_number(key, value, 'load_warn')::integer as load_warn,
        setting_number(key, value, 'load_over')::integer as load_over,
    setting_number(key, value, 'orphan_days')::integer as orphan_days,
        setting_number(key, value, 'review_days')::integer as review_days,
    setting_number(key, value, 'thread_days')::integer as thread_days,
    setting_number(key, value, 'hurdle_margin') as hurdle_margin, setting_number(key, value, 'big_from') as big_from,
    setting_number(key, value, 'quadrant_band') as quadrant_band,
        setting_number(key, value, 'lever_price') as lever_price,
    setting_number(key, value, 'material_share') as material_share,
    setting_number(key, value, 'negotiation_months')::integer as negotiation_months,
    setting_number(key, value, 'claim_facts')::integer as claim_facts,
    setting_number(key, value, 'reds_serious')::integer as reds_serious,
    setting_number(key, value, 'programme_problem_share') as programme_problem_share,
    setting_number(key, value, 'thread_single')::integer as thread_single,
    setting_number(key, value, 'thread_broad')::integer as thread_broad,
    list_transform(string_split(lower(max(value) filter (key = 'sales_functions')), ','),
        lambda x: trim(x)) as sales_functions
from setting_in_force;
comment on table rule is 'the thresholds in force, one row';

create table indicator_rule as
select
    setting_number(key, value, 'indicator_committee_months') as committee_months,
    setting_number(key, value, 'indicator_profit_index') as profit_index,
    setting_number(key, value, 'indicator_value_priced_share') as value_priced_share,
    setting_number(key, value, 'indicator_programme_months') as programme_months,
    setting_number(key, value, 'indicator_variable_profit_share') as variable_profit_share,
    setting_number(key, value, 'indicator_plan_months') as plan_months,
    setting_number(key, value, 'indicator_review_days') as review_days,
    setting_number(key, value, 'indicator_long_objectives_share') as long_objectives_share,
    setting_number(key, value, 'indicator_measured_objectives_share') as measured_objectives_share,
    setting_number(key, value, 'indicator_action_functions') as action_functions,
    setting_number(key, value, 'indicator_outside_sales_share') as outside_sales_share,
    setting_number(key, value, 'indicator_customer_review_months') as customer_review_months,
    setting_number(key, value, 'indicator_accounts_per_manager') as accounts_per_manager,
    setting_number(key, value, 'indicator_trained_months') as trained_months,
    setting_number(key, value, 'indicator_tenure_months') as tenure_months,
    setting_number(key, value, 'indicator_selection_months') as selection_months,
    setting_number(key, value, 'indicator_keep_months') as keep_months
from setting_in_force;
comment on table indicator_rule is 'the thresholds of the indicators, one row';
