"""The survey of what councils share: workbooks out, answers back, waves compared."""
