# frozen_string_literal: true

# build.rb NAME SITE OURS FINDINGS NOW: lets the installed Jekyll build SITE at NOW and looks for each post's page where our
# list OURS says that it is. A post of which FINDINGS say that it stops the build has to stop it alone, and without them all
# the site is built.
require "fileutils"
require "json"
require "tmpdir"
require "uri"

NAME, SITE, OURS, FINDINGS, NOW = ARGV

# Whether Jekyll builds the site without these posts, into `into`.
def builds?(without, into)
  Dir.mktmpdir do |dir|
    source = File.join(dir, "site")
    FileUtils.cp_r(SITE, source)
    without.each { |path| File.delete(File.join(source, path)) }
    pin = File.join(dir, "pin.yml")
    File.write(pin, "time: #{NOW}\n")
    config = [File.join(source, "_config.yml"), pin].join(",")
    system("jekyll", "build", "--quiet", "--disable-disk-cache", "--source", source, "--destination", into,
           "--config", config, %i[out err] => File::NULL)
  end
end

# The file that a web server sends for a URL.
def page(built, url)
  path = File.join(built, URI.decode_www_form_component(url.gsub("+", "%2B")))
  return File.join(path, "index.html") if url.end_with?("/")

  File.extname(path).empty? ? "#{path}.html" : path
end

passed = failed = 0
check = lambda do |is_so, what|
  is_so ? passed += 1 : failed += 1
  puts "FAIL #{NAME}: #{what}" unless is_so
end

def lines(file)
  File.readlines(file, encoding: "UTF-8").map { |line| JSON.parse(line) }
end

posts = lines(OURS).select { |post| post["kind"] == "post" }
stops = lines(FINDINGS).select { |it| it["severity"] == "error" && it["message"].match?(/stops the (whole )?build/) }
stops = stops.map { |it| it["path"] }.uniq & posts.map { |post| post["path"] }
Dir.mktmpdir do |dir|
  stops.each { |post| check.call(!builds?(stops - [post], File.join(dir, "none")), "#{post} does not stop the build") }
  built = File.join(dir, "built")
  check.call(builds?(stops, built), "it is not built")
  posts.reject { |post| post["url"].nil? || stops.include?(post["path"]) }.each do |post|
    is_there = File.file?(page(built, post["url"]))
    wanted = post["status"] == "published"
    check.call(is_there == wanted, "#{post["path"]}: its page #{wanted ? "is not" : "is"} at #{post["url"]}")
  end
end
puts "#{NAME}: #{passed} passed, #{failed} failed"
