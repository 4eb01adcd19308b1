-- Which thresholds hold? Every setting with its default and meaning, once; `rule` is the one row that views read.

create table setting_default (key varchar, value varchar, what varchar);
insert into setting_default values
    ('name', null, 'name of the portfolio'),
    ('currency', null, 'reporting currency; needed where the data has several'),
    ('as_of', null, 'the day the numbers are true for; empty: today'),
    ('fiscal_year_start_month', '1', 'first month of the fiscal year, 1 to 12'),
    ('red_below', '34', 'an index below this is red'),
    ('green_from', '67', 'an index from this on is green'),
    ('flat_points', '5', 'an index move smaller than this is flat'),
    ('cadence_tier_1', '90', 'days between touches of one side of a tier 1 account'),
    ('cadence_tier_2', '183', 'the same for tier 2'),
    ('cadence_tier_3', '366', 'the same for tier 3'),
    ('new_days', '45', 'so long an untouched assignment counts as new'),
    ('load_warn', '3', 'accounts of one sponsor above which the load is warned of'),
    ('load_over', '5', 'accounts of one sponsor above which the load is too high'),
    ('orphan_days', '60', 'an assignment ending within so many days is at risk'),
    ('review_days', '183', 'a plan not reviewed for longer is unreviewed'),
    ('thread_days', '183', 'contacts touched within so many days count'),
    ('hurdle_margin', null, 'a margin from this on is rich, a fraction; empty: that of the programme'),
    ('big_from', null, 'revenue from this on is big; empty: the median of the programme'),
    ('quadrant_band', '0.01', 'a margin so little below the cut still counts as rich, a fraction'),
    ('lever_price', '0.03', 'the price rise that a lever assumes, as a fraction of revenue'),
    ('material_share', '0.005', 'a loss or a fall in profit is serious from this share of the account''s revenue on'),
    ('negotiation_months', '24', 'a year-end negotiation counts for so many months'),
    ('claim_facts', '3', 'a claim is judged from so many known indicators on'),
    ('reds_serious', '3', 'so many red factors of one account are serious'),
    ('programme_problem_share', '0.25', 'a factor red in so large a share of accounts or revenue is the programme''s problem'),
    ('thread_single', '1', 'so many contacts touched, or fewer, are a single thread'),
    ('thread_broad', '3', 'so many contacts touched, one of them an executive, are a broad one'),
    ('sales_functions', 'Sales', 'functions of sales, comma separated: whoever works there is no independent sponsor'),
    ('indicator_committee_months', '24', 'TOP: an investment committee decided within so many months'),
    ('indicator_profit_index', '1', 'QUA: profit-to-revenue index of at least'),
    ('indicator_value_priced_share', '0.5', 'QUA: value-priced share of revenue of at least'),
    ('indicator_programme_months', '12', 'QUA: an active programme longer than so many months'),
    ('indicator_variable_profit_share', '0.5', 'QUA: profit share of the manager''s variable pay of at least'),
    ('indicator_plan_months', '12', 'LON: the plan ends at least so many months from now'),
    ('indicator_review_days', '183', 'LON: the plan was reviewed within so many days'),
    ('indicator_long_objectives_share', '0.5', 'LON: share of objectives reaching beyond 12 months of at least'),
    ('indicator_measured_objectives_share', '0.5', 'LON: share of objectives with a numeric measure of at least'),
    ('indicator_action_functions', '3', 'TEA: functions that own actions, at least'),
    ('indicator_outside_sales_share', '0.5', 'TEA: share of actions owned outside sales of at least'),
    ('indicator_customer_review_months', '12', 'TEA: the customer attended a review within so many months'),
    ('indicator_accounts_per_manager', '8', 'KAM: accounts of one manager, at most'),
    ('indicator_trained_months', '24', 'KAM: the manager was trained within so many months'),
    ('indicator_tenure_months', '12', 'KAM: the manager is on the account for at least so many months'),
    ('indicator_selection_months', '12', 'SEL: the selection score is dated within so many months'),
    ('indicator_keep_months', '12', 'SEL: a keep-or-exit decision within so many months');

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
    [setting_number(key, value, 'cadence_tier_1'), setting_number(key, value, 'cadence_tier_2'), setting_number(key, value, 'cadence_tier_3')]::integer[]
        as cadence_of_tier,
    setting_number(key, value, 'new_days')::integer as new_days,
    setting_number(key, value, 'load_warn')::integer as load_warn, setting_number(key, value, 'load_over')::integer as load_over,
    setting_number(key, value, 'orphan_days')::integer as orphan_days, setting_number(key, value, 'review_days')::integer as review_days,
    setting_number(key, value, 'thread_days')::integer as thread_days,
    setting_number(key, value, 'hurdle_margin') as hurdle_margin, setting_number(key, value, 'big_from') as big_from,
    setting_number(key, value, 'quadrant_band') as quadrant_band, setting_number(key, value, 'lever_price') as lever_price,
    setting_number(key, value, 'material_share') as material_share,
    setting_number(key, value, 'negotiation_months')::integer as negotiation_months,
    setting_number(key, value, 'claim_facts')::integer as claim_facts,
    setting_number(key, value, 'reds_serious')::integer as reds_serious,
    setting_number(key, value, 'programme_problem_share') as programme_problem_share,
    setting_number(key, value, 'thread_single')::integer as thread_single,
    setting_number(key, value, 'thread_broad')::integer as thread_broad,
    list_transform(string_split(lower(max(value) filter (key = 'sales_functions')), ','), lambda x: trim(x)) as sales_functions
from setting_in_force;

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
