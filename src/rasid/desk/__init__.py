"""The desk: people review, decide and publish what the reader and the books propose (Django, extra
``desk``).
"""
