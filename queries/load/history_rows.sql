-- How many corrected fields does the history of the new file hold?

select count(*) from target.main.history;
