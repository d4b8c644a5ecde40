"""For visitors, public: the chat's addresses and its pages."""
