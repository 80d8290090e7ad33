/** The Posts view in the side bar: tags, categories, what is published, drafts, and what is not published, each with its posts. */

import { Disposable, EventEmitter, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, l10n, window, workspace, type TreeDataProvider } from "vscode";

import { execute, type ListKind, type PostLine, type PostsWith, type SiteOverview, type TermCount } from "./protocol";
import type { Session } from "./session";

type TermKind = "tag" | "category";

/** A line of the view. */
export type Node =
  | { kind: "site"; overview: SiteOverview }
  | { kind: "terms"; site: string; term: TermKind; terms: TermCount[] }
  | { kind: "term"; site: string; term: TermKind; count: TermCount }
  | { kind: "published"; site: string; count: number }
  | { kind: "list"; site: string; list: ListKind; count: number; posts: PostLine[] }
  | { kind: "more"; count: number }
  | { kind: "post"; post: PostLine; parent: string };

const LISTS: Record<ListKind, { label: string; icon: string }> = {
  drafts: { label: l10n.t("Drafts"), icon: "edit" },
  future: { label: l10n.t("Future"), icon: "clock" },
  unpublished: { label: l10n.t("Unpublished"), icon: "eye-closed" },
  broken: { label: l10n.t("Broken"), icon: "warning" },
};

const TERMS: Record<TermKind, { label: string; icon: string }> = {
  tag: { label: l10n.t("Tags"), icon: "tag" },
  category: { label: l10n.t("Categories"), icon: "folder" },
};

/** Shows the view, and keeps it true to the site. */
export function showPosts(session: Session): Disposable {
  const posts = new Posts(session);
  const view = window.createTreeView("masthead.posts", { treeDataProvider: posts, showCollapseAll: true });
  return Disposable.from(view, posts, session.onDidChange(() => posts.refresh()));
}

class Posts implements TreeDataProvider<Node>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly session: Session) {}

  refresh(): void {
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }

  getTreeItem(node: Node): TreeItem {
    return treeItem(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const { client } = this.session;
    if (client === undefined) return [];
    if (node === undefined) {
      const sites = await execute<SiteOverview[]>(client, "masthead.overview").catch(() => []);
      if (sites.length === 1 && sites[0] !== undefined) return groups(sites[0]);
      return sites.map((overview) => ({ kind: "site", overview }));
    }
    switch (node.kind) {
      case "site":
        return groups(node.overview);
      case "terms":
        return node.terms.map((count) => ({ kind: "term", site: node.site, term: node.term, count }));
      case "term": {
        const { site, count: { name } } = node;
        const question: PostsWith = node.term === "tag" ? { site, tag: name } : { site, category: name };
        const posts = await execute<PostLine[]>(client, "masthead.postsWith", question);
        return lines(posts, posts.length, idOf(node));
      }
      case "published": {
        const question: PostsWith = { site: node.site, status: "published" };
        return lines(await execute<PostLine[]>(client, "masthead.postsWith", question), node.count, idOf(node));
      }
      case "list":
        return lines(node.posts, node.count, idOf(node));
      case "more":
      case "post":
        return [];
    }
  }
}

/** The lines of posts, and of how many more there are in all. */
function lines(posts: PostLine[], count: number, parent: string): Node[] {
  const nodes: Node[] = posts.map((post) => ({ kind: "post", post, parent }));
  return count > posts.length ? [...nodes, { kind: "more", count: count - posts.length }] : nodes;
}

/** What a site has. A list without posts is left out, the tags and categories stay. */
function groups(overview: SiteOverview): Node[] {
  const site = overview.uri;
  const { published } = overview.counts;
  const lists = (Object.keys(LISTS) as ListKind[]).filter((list) => overview.counts[list] > 0);
  return [
    { kind: "terms", site, term: "tag", terms: overview.tags },
    { kind: "terms", site, term: "category", terms: overview.categories },
    ...(published > 0 ? [{ kind: "published", site, count: published } as const] : []),
    ...lists.map((list): Node => ({ kind: "list", site, list, count: overview.counts[list], posts: overview[list] })),
  ];
}

/** Names a line over all changes, so that what is open stays open. */
function idOf(node: Node): string {
  switch (node.kind) {
    case "site":
      return node.overview.uri;
    case "terms":
      return `${node.site} ${node.term}`;
    case "term":
      return `${node.site} ${node.term} ${node.count.name}`;
    case "published":
      return `${node.site} published`;
    case "list":
      return `${node.site} ${node.list}`;
    case "more":
      return "more";
    case "post":
      return `${node.parent} ${node.post.uri}`;
  }
}

function treeItem(node: Node): TreeItem {
  const { Collapsed, Expanded, None } = TreeItemCollapsibleState;
  const line = (label: string, icon: string, count: number | undefined, state = Collapsed): TreeItem => {
    const item = new TreeItem(label, count === 0 ? None : state);
    item.iconPath = new ThemeIcon(icon);
    if (count !== undefined) item.description = String(count);
    return item;
  };
  switch (node.kind) {
    case "site": {
      const { name, uri } = node.overview;
      const item = line(name, "repo", undefined, Expanded);
      const place = workspace.asRelativePath(Uri.parse(uri, true));
      // Two sites may have folders of one name.
      return Object.assign(item, { id: idOf(node), contextValue: "site", description: place === name ? "" : place });
    }
    case "terms":
      return Object.assign(line(TERMS[node.term].label, TERMS[node.term].icon, node.terms.length), { id: idOf(node) });
    case "term":
      return Object.assign(line(node.count.name, TERMS[node.term].icon, node.count.count), { id: idOf(node), contextValue: "term" });
    case "published":
      return Object.assign(line(l10n.t("Published"), "globe", node.count), { id: idOf(node) });
    case "list":
      return Object.assign(line(LISTS[node.list].label, LISTS[node.list].icon, node.count), { id: idOf(node) });
    case "more":
      return new TreeItem(l10n.t("and {0} older ones", node.count));
    case "post":
      return postItem(node.post, idOf(node));
  }
}

function postItem(post: PostLine, id: string): TreeItem {
  const item = new TreeItem(post.title, TreeItemCollapsibleState.None);
  const uri = Uri.parse(post.uri, true);
  item.id = id;
  item.iconPath = new ThemeIcon("file");
  item.description = post.date?.slice(0, 10) ?? "";
  item.tooltip = workspace.asRelativePath(uri);
  item.contextValue = post.status === "draft" ? "draft" : "post";
  item.command = { command: "masthead.posts.open", title: l10n.t("Open"), arguments: [uri, isBroken(post)] };
  return item;
}

function isBroken(post: PostLine): boolean {
  return ["broken", "dropped", "aborts"].includes(post.status);
}
