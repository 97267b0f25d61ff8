"""One process that holds a large model for all of a user's kernels.

It is started by the first request, listens on a private socket (a named pipe on Windows), and ends
by itself when nobody has asked for a while. A kernel that restarts finds the model open.

kernel: LocalModel -> line ==== Engine: jobs in turns -> writer over the model
"""
