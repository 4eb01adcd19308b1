-- What moved portfolio profit between the window and the same window a year earlier?
-- needs model/further/bridge.sql

select step, amount from profit_step order by place;
