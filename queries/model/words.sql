-- What are codes of the data called where people read them? One word for one thing, as kaptui/text/words.py has it.

create macro heading_text(words) as upper(words[1]) || words[2:];
-- the sides of an account and how they stand, in the words of the screen
create macro side_text(side) as
    case side when 'internal' then 'inside' when 'external' then 'at customer' else side end;
create macro status_text(status) as
    case status when 'stale' then 'silent' when 'uncovered' then 'open' else status end;

-- a factor by its name up to the first comma: "Long horizon" of "Long horizon, living plan"
create macro factor_text(name, code) as coalesce(nullif(trim(split_part(name, ',', 1)), ''), code);

-- the name of a figure of sponsorship, and a leader's load, in the words of the screen
create macro figure_text(figure) as case figure
    when 'uncovered_revenue_share' then 'Share of revenue without a live sponsor'
    when 'without_accounts' then 'No live sponsor' when 'without_revenue' then 'Revenue without a live sponsor'
    when 'leaders_over' then 'Leaders over the limit' when 'leaders_warn' then 'Leaders near the limit'
    when 'leaders_ending' then 'Leaders who are leaving'
    else heading_text(replace(replace(replace(replace(replace(figure, '_', ' '), 'internal', 'inside'),
        'external', 'at customer'), 'uncovered', 'open'), 'stale', 'silent')) end;
-- codes of reasons, and the subject of a change, in the words of the screen
create macro reasons_text(codes) as replace(replace(replace(replace(replace(codes, 'empty_growth',
    'revenue up, profit down'), 'side_uncovered', 'side open'), 'side_stale', 'sponsor silent'), 'orphan_risk',
    'sponsor leaving'), '_', ' ');
create macro changed_text(what) as regexp_replace(regexp_replace(what, '^internal (side|sponsor)', '\1 inside'),
    '^external (side|sponsor)', '\1 at customer');
create macro plan_health_text(health) as
    case health when 'none' then 'no plan' when 'unreviewed' then 'not reviewed' else health end;
create macro load_text(load) as case load when 'warn' then 'near the limit' when 'over' then 'over the limit'
    else load end;
