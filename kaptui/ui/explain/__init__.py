"""Why a number is what it is: which number the cursor is on, its explanation as text, and the dialog that shows it."""
