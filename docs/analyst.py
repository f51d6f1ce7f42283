# %% [markdown]
# # From the graph to pandas and NetworkX
#
# A notebook as a script: run it as it is (`python docs/analyst.py`), or open it in JupyterLab with
# Jupytext or in VS Code, which show each `# %%` as a cell. It needs `pip install
# 'graphmodel[analysis]'` and the Scottish picture (`graphmodel load`); it only reads.

# %% A connection: NEO4J_URI and the like, or else the embedded store
import networkx as nx
import pandas as pd

import graphmodel
from graphmodel.reports.queries import query_report

store = graphmodel.open_store()

# %% Any Cypher becomes a data frame: rows are dictionaries, dates real dates
services = pd.DataFrame(
    store.read(
        """
        MATCH (s:Service)
        OPTIONAL MATCH (c:Council)-[:PARTICIPATES_IN]->(s)
        RETURN s.name AS service, s.kind AS kind, s.status AS status,
               s.valid_from AS start, count(DISTINCT c) AS councils
        ORDER BY service
        """
    )
)
print(services.groupby("status")["councils"].describe()[["count", "mean", "max"]])

# %% Values belong into parameters, never into the text
members = pd.DataFrame(
    store.read(
        """
        MATCH (c:Council)-[r:PARTICIPATES_IN]->(:Service {id: $service})
        RETURN c.name AS council, r.role AS role, r.since AS since ORDER BY council
        """,
        {"service": "ayrshire-roads-alliance"},
    )
)
print(members.to_string(index=False))

# %% A question of the catalogue, with names as people say them
coverage = pd.DataFrame(query_report(store, "coverage-of-service-areas", {}).tables[0].records())
wide = coverage.pivot(index="council", columns="category", values="services")
print(wide.loc[["Angus", "Fife", "Midlothian"]].sum(axis=1).to_string())

# %% The graph itself: councils and services, then councils tied by what they share
everything = graphmodel.affiliations(store)
specific, universal = graphmodel.without_universal(everything)
tied = graphmodel.ties(specific)
print(f"{tied.number_of_nodes()} councils, {tied.number_of_edges()} ties between them")

# %% Any algorithm of NetworkX, and back to a data frame
names = nx.get_node_attributes(tied, "name")
ranked = pd.DataFrame(
    {
        "council": pd.Series(names),
        "ties": pd.Series(dict(tied.degree())),
        "strength": pd.Series(dict(tied.degree(weight="weight"))),
    }
).sort_values(["strength", "council"], ascending=[False, True])
print(ranked.head(5).to_string(index=False))

# %% Your own edges from your own Cypher: who sits with whom on how many live services
pairs = pd.DataFrame(
    store.read(
        """
        MATCH (a:Council)-[:PARTICIPATES_IN]->(s:Service {status: 'live'})
              <-[:PARTICIPATES_IN]-(b:Council)
        WHERE a.id < b.id
        RETURN a.name AS a, b.name AS b, count(DISTINCT s) AS shared
        """
    )
)
close = nx.from_pandas_edgelist(pairs[pairs["shared"] > 4], "a", "b", "shared")
print(sorted(sorted(group) for group in nx.connected_components(close)))

# %% Close it: of the embedded store there can be only one user at a time
store.close()
