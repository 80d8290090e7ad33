# frozen_string_literal: true

# links.rb write DIR: sites below DIR whose posts have relative addresses of every kind, one for each style of permalink, with and
# without a baseurl.
# links.rb compare SITE BUILT FINDINGS: follows each address of the page that Jekyll built as a browser does, and holds the
# findings of SITE against it: none where there is something; one where there is no such image, download or Markdown file.
# What else is missing may be told: a page can be made by a plugin. Prints "PASSED FAILED".
require "fileutils"
require "json"
require "uri"

STYLES = ["date", "pretty", "none", "/:year/:title.html", "/記事/:title/", "/:title"].freeze
FROM = "_posts/2024-01-15-旅.md"
URLS = { "date" => "/2024/01/15/旅.html", "pretty" => "/2024/01/15/旅/", "none" => "/旅.html",
         "/:year/:title.html" => "/2024/旅.html", "/記事/:title/" => "/記事/旅/", "/:title" => "/旅.html" }.freeze
COPIED = %w[assets/図/春.png assets/図/夏.png assets/a.pdf assets/b.pdf 近.png 15/近.png Assets/図/春.png].freeze
PAGES = %w[about.html about/ 2024-01-10-京都.md about.md 京都.html 京都 10/京都/ 無い.html 無い/ LICENSE].freeze

def addresses
  up = ["", "./"] + (1..5).map { |count| "../" * count }
  up.product(COPIED + PAGES).map(&:join)
end

def text(front, body = "")
  "---\n#{front}\n---\n#{body}\n"
end

def write(into)
  STYLES.product(["", "/blog"]).each_with_index do |(style, base), index|
    put = lambda do |path, content|
      file = File.join(into, index.to_s, path)
      FileUtils.mkdir_p(File.dirname(file))
      File.write(file, content)
    end
    put.call("_config.yml", "permalink: #{style}\nbaseurl: '#{base}'\n")
    put.call(FROM, text("title: 旅", addresses.map { |address| "[x](#{address})\n\n" }.join))
    put.call("_posts/2024-01-10-京都.md", text("title: 京都"))
    put.call("about.md", text("permalink: /about/"))
    %w[assets/図/春.png assets/a.pdf 2024/01/15/近.png 記事/旅/近.png].each { |path| put.call(path, "x") }
  end
end

def escaped(address)
  URI::DEFAULT_PARSER.escape(address)
end

# Whether a server has something at an address of a page at `url`; nil where it leads out of the site.
def there?(built, base, url, address)
  path = URI.join("http://localhost", escaped(base + url), escaped(address)).path
  path = URI.decode_www_form_component(path.gsub("+", "%2B"))
  return nil unless path.start_with?("#{base}/")

  file = File.join(built, path.delete_prefix(base))
  file = file.chomp("/") if File.directory?(file)
  [file, "#{file}.html", File.join(file, "index.html")].any? { |name| File.file?(name) }
end

def compare(site, built, findings)
  config = File.read(File.join(site, "_config.yml"))
  url, base = URLS.fetch(config[/^permalink: (.*)$/, 1]), config[/^baseurl: '(.*)'$/, 1]
  lines = File.readlines(File.join(site, FROM), chomp: true)
  page = File.join(built, url.end_with?("/") ? "#{url}index.html" : url)
  hrefs = File.read(page).scan(/href="([^"]*)"/).flatten.map { |href| URI.decode_www_form_component(href) }
  told = File.readlines(findings).map { |line| JSON.parse(line) }.select { |it| it["path"] == FROM }
  told = told.group_by { |it| lines[it["line"] - 1][/\((.*)\)/, 1] }
  passed = failed = 0
  addresses.each do |address|
    is_there, codes = there?(built, base, url, address), (told[address] || []).map { |it| it["code"] }
    certain = COPIED.any? { |it| address.end_with?(it) } || address.end_with?(".md")
    is_right = hrefs.include?(address) && (is_there ? codes.empty? : is_there.nil? || !certain || codes.any?)
    is_right ? passed += 1 : failed += 1
    puts "#{address} of #{base}#{url}: there: #{is_there.inspect}, told: #{codes.join(" ")}" unless is_right
  end
  puts "#{passed} #{failed}"
end

case ARGV.shift
when "write" then write(*ARGV)
when "compare" then compare(*ARGV)
end
